// An RPSL object on its way into an ObjectStore.
#pragma once

#include <string>
#include <string_view>

#include "core/tables/object_store.h"
#include "core/wire/rpsl/objects.h"

namespace fairway {

// Its lines as they stand in the dump, each ending in LF, without the secrets of a mntner: the hash behind "auth:
// MD5-PW" (CRYPT-PW, BCRYPT-PW, ...) is nobody's business and is replaced.
std::string object_text(const RpslObject& object);

// Puts it in, under all its keys and its range (core/wire/rpsl/object_key.h).
void keep_object(ObjectStore& store, const RpslObject& object, std::string_view class_name, std::string_view registry);

}  // namespace fairway
