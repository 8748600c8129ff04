/**
 * The protocol as a pure step function over records and sealed types, to be read beside the TLA+ modules of the same
 * names. {@link org.netchannel.reference.NetChannel#step} takes the state of one host and one input to the next state
 * and the answer: no threads, no clock, no buffers that change. {@link org.netchannel.reference.ReferenceEndpoint} is
 * the thin shell around it.
 */
package org.netchannel.reference;
