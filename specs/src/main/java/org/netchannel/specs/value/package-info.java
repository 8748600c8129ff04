/** Values of TLA+ as TLC prints them: read, written, and compared in depth. */
package org.netchannel.specs.value;
