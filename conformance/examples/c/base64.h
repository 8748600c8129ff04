#ifndef BASE64_H
#define BASE64_H

#include <stdbool.h>
#include "bytes.h"

/* Writes the text behind what `out` holds. */
void base64_encode(const uint8_t *data, size_t length, struct bytes *out);

/* Reads a whole text behind what `out` holds. False when it is not base64 with its padding. */
bool base64_decode(const char *text, size_t length, struct bytes *out);

#endif
