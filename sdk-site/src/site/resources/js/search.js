// A search through the pages that needs no server: the index comes as a script, pages.js.
(function () {
  'use strict';
  var root = document.currentScript.dataset.root;
  var LIMIT = 12;

  function words(text) {
    return text.toLowerCase().split(/[^a-z0-9_]+/).filter(Boolean);
  }

  // a word in a heading says more than one in the text, and in a short text more than in a long one
  function score(section, query) {
    var heading = (section.page + ' ' + section.heading).toLowerCase();
    var text = section.text.toLowerCase();
    var sum = 0;
    for (var i = 0; i < query.length; i++) {
      var times = text.split(query[i]).length - 1;
      var inHeading = heading.indexOf(query[i]) >= 0;
      if (times === 0 && !inHeading) {
        return 0;
      }
      sum += (inHeading ? 10 : 0) + (300 * times) / (text.length + 300);
    }
    return sum;
  }

  function find(query) {
    return window.sitePages
      .map(function (section) { return {section: section, score: score(section, query)}; })
      .filter(function (found) { return found.score > 0; })
      .sort(function (one, two) { return two.score - one.score; })
      .slice(0, LIMIT);
  }

  function excerpt(text, word) {
    var at = Math.max(0, text.toLowerCase().indexOf(word) - 40);
    return (at > 0 ? '…' : '') + text.substring(at, at + 120) + (at + 120 < text.length ? '…' : '');
  }

  function entry(section, query) {
    var link = document.createElement('a');
    link.href = root + '/' + section.url;
    var name = document.createElement('b');
    name.textContent =
      section.heading === section.page ? section.page : section.page + ': ' + section.heading;
    var text = document.createElement('span');
    text.textContent = excerpt(section.text, query[0]);
    link.append(name, text);
    var item = document.createElement('li');
    item.append(link);
    return item;
  }

  function show(list, input) {
    var query = words(input.value);
    var found = query.length > 0 ? find(query) : [];
    list.replaceChildren.apply(
      list, found.map(function (hit) { return entry(hit.section, query); }));
    if (query.length > 0 && found.length === 0) {
      var none = document.createElement('li');
      none.textContent = 'Nothing has all of these words.';
      list.append(none);
    }
    list.hidden = query.length === 0;
  }

  function addSearch() {
    var form = document.createElement('form');
    form.id = 'search';
    form.setAttribute('role', 'search');
    var input = document.createElement('input');
    input.type = 'search';
    input.placeholder = 'Search the documents';
    input.setAttribute('aria-label', 'Search the documents');
    var list = document.createElement('ul');
    list.hidden = true;
    form.append(input, list);
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    input.addEventListener('input', function () { show(list, input); });
    document.getElementById('banner').append(form);
    var asked = new URLSearchParams(location.search).get('q');
    if (asked) {
      input.value = asked;
      show(list, input);
    }
  }

  // on a phone the menu is folded until it is asked for
  function addToggle() {
    var menu = document.getElementById('leftColumn');
    var button = document.createElement('button');
    button.id = 'menu';
    button.type = 'button';
    button.textContent = 'Menu';
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-controls', 'leftColumn');
    button.addEventListener('click', function () {
      button.setAttribute('aria-expanded', String(menu.classList.toggle('open')));
    });
    document.getElementById('banner').append(button);
  }

  addSearch();
  addToggle();
})();
