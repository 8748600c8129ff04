/** Judges traces: the executed spec as oracle, stock TLC as authority, the reference for very long traces. */
package org.netchannel.conformance.check;
