package org.netchannel.specs.tlc;

/**
 * A message that TLC prints between its start and end marks when it runs with {@code -tool}.
 *
 * @param code what it is about, one of the constants of {@code tlc2.output.EC}
 * @param severity 0 none, 1 error, 2 TLC bug, 3 warning, 4 state
 * @param text its lines
 */
record ToolMessage(int code, int severity, String text) {
    static final int ERROR = 1;
    static final int BUG = 2;
}
