/// What the operator may set, and what is in force.
///
/// The [dev.ktrdr.setting.Catalogue] lists every setting once: its environment variable, its key in
/// `config/application.yaml`, its range and its default. [dev.ktrdr.setting.SettingsReader] reads
/// environment first, then the file, then the default, and remembers where each value came from.
/// A value that breaks its range, or a key that nobody knows, stops the start with every problem
/// named at once. [dev.ktrdr.setting.InstrumentFile] tells what symbols stand for; a mistake there
/// stops nothing and is told by the health check. Start with `Catalogue`.
@NullMarked
package dev.ktrdr.setting;

import org.jspecify.annotations.NullMarked;
