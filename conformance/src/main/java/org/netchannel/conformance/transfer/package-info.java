/**
 * Endpoints over real kernel TCP connections: the pump between an endpoint and sockets, a file moved between two
 * processes, and the merging of the traces they leave.
 */
package org.netchannel.conformance.transfer;
