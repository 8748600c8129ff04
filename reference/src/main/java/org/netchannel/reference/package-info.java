/** The protocol as pure functions over records and sealed types, to be read beside the spec. */
package org.netchannel.reference;
