package dev.ktrdr.export;

import dev.ktrdr.market.Bars;
import java.io.IOException;
import java.io.OutputStream;

/// Bars as CSV: a header, a row a bar, times in RFC 3339, nothing where no volume is known.
///
/// The column `synthetic` is there only if such a bar is, with 1 in its row and 0 in the others.
public final class CsvForm {

    private CsvForm() {}

    /// Writes `extract` to `out`.
    public static void write(Extract extract, OutputStream out) throws IOException {
        boolean marked = extract.hasSynthetic();
        Ascii text = new Ascii(out);
        text.text("time,open,high,low,close,volume").text(marked ? ",synthetic\n" : "\n");
        for (Bars part : extract.parts()) {
            for (int row = 0; row < part.count(); row++) {
                int i = extract.index(part, row);
                text.stamp(part.time(i)).text(',').number(part.open().at(i));
                text.text(',').number(part.high().at(i));
                text.text(',').number(part.low().at(i));
                text.text(',').number(part.close().at(i)).text(',');
                double volume = part.volume().at(i);
                if (!Double.isNaN(volume)) {
                    text.number(volume);
                }
                if (marked) {
                    text.text(part.isSynthetic(i) ? ",1" : ",0");
                }
                text.text('\n');
            }
        }
        text.flush();
    }
}
