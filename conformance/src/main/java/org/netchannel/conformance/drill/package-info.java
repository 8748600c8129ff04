/** Drills: short scripts that drive one endpoint against a peer that says what the script wants, clause by clause. */
package org.netchannel.conformance.drill;
