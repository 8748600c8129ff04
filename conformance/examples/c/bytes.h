/* Memory: a queue of bytes that grows at its end and is taken from at its front. */
#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>
#include <stdint.h>

/* Like realloc and calloc; a process without memory says so and ends. */
void *resize(void *memory, size_t size);
void *zeroed(size_t size);

struct bytes {
    uint8_t *memory;
    size_t start, length, capacity;
};

/* The first byte of those that are held. */
uint8_t *bytes_front(const struct bytes *bytes);

/* Room for `size` more at the end, which count as held from now on. */
uint8_t *bytes_extend(struct bytes *bytes, size_t size);

void bytes_append(struct bytes *bytes, const void *from, size_t size);
void bytes_drop(struct bytes *bytes, size_t size);
void bytes_free(struct bytes *bytes);

#endif
