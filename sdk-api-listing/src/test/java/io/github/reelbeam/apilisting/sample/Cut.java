package io.github.reelbeam.apilisting.sample;

/** Not to be named by a user. */
record Cut() implements Scene {}
