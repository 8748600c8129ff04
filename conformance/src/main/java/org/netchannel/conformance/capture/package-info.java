/**
 * Captured traffic of a real stack as a trace: what TCP streams carried is read out of a capture, and the least that
 * applications must have done is inferred. It judges nothing.
 */
package org.netchannel.conformance.capture;
