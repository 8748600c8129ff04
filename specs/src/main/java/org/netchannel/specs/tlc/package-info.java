/** TLC in a process of its own: how it is started, what it says, and how it ends. */
package org.netchannel.specs.tlc;
