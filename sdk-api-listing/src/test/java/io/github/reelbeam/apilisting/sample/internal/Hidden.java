package io.github.reelbeam.apilisting.sample.internal;

/** Public in Java's sense only. */
public final class Hidden {}
