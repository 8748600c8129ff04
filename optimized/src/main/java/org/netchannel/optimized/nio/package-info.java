/**
 * The JDK's own face of the stack: {@link java.nio.channels.SocketChannel}, {@link
 * java.nio.channels.ServerSocketChannel} and {@link java.nio.channels.Selector} over virtual sockets, so that libraries
 * written for them run on it as they are. {@link org.netchannel.optimized.nio.VirtualSelectorProvider} is where to
 * begin.
 */
package org.netchannel.optimized.nio;
