/** From specification to tests: walks of the specification's behaviours, and their replay on implementations. */
package org.netchannel.conformance.walk;
