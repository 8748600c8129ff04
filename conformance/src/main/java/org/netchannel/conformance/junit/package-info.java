/** The kit as JUnit tests, for an implementer's own build. */
package org.netchannel.conformance.junit;
