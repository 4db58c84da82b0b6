package dev.ktrdr.feed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was found in a file, to be shown to people before anything is stored.
///
/// @param format kind of file
/// @param packing `gzip`, `zip`, or empty
/// @param encoding of the text, such as `UTF-8`; empty where there is none
/// @param header whether the first row holds names
/// @param separator between two cells, `tab` for a tab; empty where there is none
/// @param decimal mark in numbers
/// @param columns what was taken for what: the name in the file, or the position from 1
/// @param ignored columns that are not used
/// @param stamps how times are written
/// @param zone where the stamps were taken, and who says so
/// @param notes what else should be known
public record Detected(
        Format format,
        String packing,
        String encoding,
        boolean header,
        String separator,
        String decimal,
        Map<Column, String> columns,
        List<String> ignored,
        String stamps,
        String zone,
        List<String> notes) {

    /// Copies the collections.
    public Detected {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        ignored = List.copyOf(ignored);
        notes = List.copyOf(notes);
    }

    /// {@return the same for JSON, in the order of the components}
    public Map<String, Object> toMap() {
        Map<String, String> named = new LinkedHashMap<>();
        columns.forEach((column, name) -> named.put(column.id(), name));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", format.id());
        map.put("packing", packing);
        map.put("encoding", encoding);
        map.put("header", header);
        map.put("separator", separator);
        map.put("decimal", decimal);
        map.put("columns", named);
        map.put("ignored", ignored);
        map.put("stamps", stamps);
        map.put("zone", zone);
        map.put("notes", notes);
        return map;
    }
}
