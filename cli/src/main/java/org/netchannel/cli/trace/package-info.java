/** What {@code netchannel trace check} says of a verdict. */
package org.netchannel.cli.trace;
