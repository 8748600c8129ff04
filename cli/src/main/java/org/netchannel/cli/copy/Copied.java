package org.netchannel.cli.copy;

/**
 * What became of a file.
 *
 * @param name its name
 * @param bytes its size
 * @param from how many bytes the receiver had before
 * @param sha256 of all of it in hex; empty when nothing was sent
 * @param problem empty when the file is there now, otherwise why it is not
 */
public record Copied(String name, long bytes, long from, String sha256, String problem) {}
