/** Packets that no peer sent: what a hostile or broken peer may put on the wire, and what each may do at most. */
package org.netchannel.conformance.forge;
