/** Runs scenarios, settles them, judges them, and makes failing ones smaller. */
package org.netchannel.conformance.run;
