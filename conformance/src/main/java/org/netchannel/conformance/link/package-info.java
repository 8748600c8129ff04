/** The simulated link between two endpoints: channels, what is in flight on them, their failures, and both clocks. */
package org.netchannel.conformance.link;
