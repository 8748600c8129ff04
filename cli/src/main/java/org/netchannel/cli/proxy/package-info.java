/**
 * Carries the TCP connections of unmodified clients to unmodified servers over virtual sockets. One half accepts TCP
 * and opens virtual connections, the other accepts those and dials TCP; between them is one link with a few channels.
 */
package org.netchannel.cli.proxy;
