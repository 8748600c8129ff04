/** What of a machine the stack over DPDK needs: what is there, and what to do about the rest. */
package org.netchannel.cli.doctor;
