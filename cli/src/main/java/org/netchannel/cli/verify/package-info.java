/** What {@code netchannel verify} is made of: its parts, and the report on them. */
package org.netchannel.cli.verify;
