/* The client of a net_memif whose server reads and writes its memory itself. */
#ifndef NETCHANNEL_ZERO_COPY_H
#define NETCHANNEL_ZERO_COPY_H

#include <stdint.h>

/* Whether a port is one. */
int netchannel_is_zero_copy(uint16_t port);

/* It is no longer. */
void netchannel_end_zero_copy(uint16_t port);

#endif
