// The writers, one a target; each in the file of its name.
#pragma once

#include "core/report/filterconfig/output.h"

namespace fairway::filterconfig {

void write_bird(const Document& document, Output& out);
void write_openbgpd(const Document& document, Output& out);
void write_frr(const Document& document, Output& out);
void write_junos(const Document& document, Output& out);
void write_iosxr(const Document& document, Output& out);
void write_gobgp(const Document& document, Output& out);
void write_eos(const Document& document, Output& out);
void write_sros(const Document& document, Output& out);
void write_routeros(const Document& document, Output& out);

}  // namespace fairway::filterconfig
