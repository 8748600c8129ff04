/** Implementations in any language, behind the line protocol of endpoint.md. */
package org.netchannel.conformance.exec;
