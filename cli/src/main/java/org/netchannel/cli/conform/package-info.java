/** What {@code netchannel conform} tells: on the terminal, as JSON, as JUnit XML and as an HTML page. */
package org.netchannel.cli.conform;
