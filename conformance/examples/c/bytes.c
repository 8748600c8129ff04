#include "bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_end(void *memory)
{
    if (memory == NULL) {
        fputs("out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return memory;
}

void *resize(void *memory, size_t size)
{
    return or_end(realloc(memory, size));
}

void *zeroed(size_t size)
{
    return or_end(calloc(1, size));
}

uint8_t *bytes_front(const struct bytes *bytes)
{
    return bytes->memory + bytes->start;
}

uint8_t *bytes_extend(struct bytes *bytes, size_t size)
{
    if (bytes->start > 0 && (bytes->length == 0 || bytes->start >= bytes->capacity / 2)) {
        memmove(bytes->memory, bytes->memory + bytes->start, bytes->length);
        bytes->start = 0;
    }
    if (bytes->memory == NULL || bytes->start + bytes->length + size > bytes->capacity) {
        bytes->capacity = 2 * (bytes->start + bytes->length + size) + 64;
        bytes->memory = resize(bytes->memory, bytes->capacity);
    }
    bytes->length += size;
    return bytes->memory + bytes->start + bytes->length - size;
}

void bytes_append(struct bytes *bytes, const void *from, size_t size)
{
    uint8_t *room = bytes_extend(bytes, size);
    if (size > 0)
        memcpy(room, from, size);
}

void bytes_drop(struct bytes *bytes, size_t size)
{
    bytes->start += size;
    bytes->length -= size;
}

void bytes_free(struct bytes *bytes)
{
    free(bytes->memory);
    *bytes = (struct bytes) {0};
}
