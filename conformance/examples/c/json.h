/* Just as much JSON as the line protocol needs: objects of strings, numbers, booleans and null in, text out. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "bytes.h"

enum { JSON_MEMBERS = 32, JSON_DEPTH = 16 };

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_OBJECT, JSON_ARRAY };

/* Strings are decoded in place; objects and arrays are the text they stand in. */
struct json_text {
    char *text;
    size_t length;
};

struct json_value {
    enum json_kind kind;
    struct json_text text;  /* of a string, an object or an array */
    bool whole, negative;   /* of a number: whether it is a whole one of 64 bits, and its sign */
    uint64_t magnitude;
};

struct json_object {
    size_t count;
    struct json_text names[JSON_MEMBERS];
    struct json_value values[JSON_MEMBERS];
};

bool json_is_utf8(const char *text, size_t length);

/* Reads one object, which is all there is in the text. False when it is none, or has too many members. */
bool json_read(char *text, size_t length, struct json_object *object);

/* The last value of this name, or NULL. */
const struct json_value *json_get(const struct json_object *object, const char *name);
bool json_is(const struct json_text *text, const char *other);

/* Writes a string in quotes, with escapes. */
void json_write_string(struct bytes *out, const char *text);

#endif
