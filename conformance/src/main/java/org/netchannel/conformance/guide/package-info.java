/** What runs exercise, and which scenarios to run next because of that. */
package org.netchannel.conformance.guide;
