package io.github.reelbeam.release;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A POM, asked by paths such as {@code project/scm/url}. */
final class Pom {
  private final String text;
  private final Document document;
  private final XPath paths = XPathFactory.newInstance().newXPath();

  Pom(String text) throws Exception {
    this.text = text;
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
  }

  String text() {
    return text;
  }

  Element root() {
    return document.getDocumentElement();
  }

  /** What stands there, or nothing. */
  String at(String path) throws Exception {
    return paths.evaluate(path, document).strip();
  }

  List<String> all(String path) throws Exception {
    NodeList nodes = (NodeList) paths.evaluate(path, document, XPathConstants.NODESET);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      all.add(nodes.item(i).getTextContent().strip());
    }
    return all;
  }

  /** The names of the elements that stand right under the root. */
  List<String> elements() throws Exception {
    NodeList nodes = (NodeList) paths.evaluate("/project/*", document, XPathConstants.NODESET);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      names.add(nodes.item(i).getNodeName());
    }
    return names;
  }
}
