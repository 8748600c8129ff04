/** The {@code netchannel} command: one class a subcommand, no logic of its own. */
package org.netchannel.cli;
