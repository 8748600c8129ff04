/** What running stacks count, as a page or as JSON: {@code netchannel stat}. */
package org.netchannel.cli.stat;
