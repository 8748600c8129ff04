/** All that an implementation is put through, what was found, and where each clause stands. */
package org.netchannel.conformance.suite;
