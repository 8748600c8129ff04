/**
 * Moves files between machines over virtual sockets, a connection for each file. A transfer that breaks off goes on
 * where it was; what arrives is compared by SHA-256 before it gets its name.
 */
package org.netchannel.cli.copy;
