package dev.ktrdr.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What can be said of a file that is to be imported, for the API document: the same words in a
/// query, in the fields of a form, and in JSON.
@Schema(description = "A file and how to read it; what is left out is found out")
record ImportForm(
        @Schema(required = true, examples = "BTC/USDT") String symbol,
        @Schema(required = true, examples = "1h") String timeframe,
        @Schema(description = "JSON alone: the file, below the inbox", examples = "spx.csv")
                String path,
        @Schema(description = "A form alone: the file itself", format = "binary") String file,
        @Schema(description = "What the file is called where it is the body") String filename,
        @Schema(description = "csv, binance, freqtrade-json, parquet or ticks") String format,
        @Schema(description = "Of stamps without one", examples = "America/New_York") String zone,
        @Schema(description = "Of stamps that are numbers: s, ms, us or ns") String unit,
        @Schema(description = "Of dates such as 03/04/2020: ymd, dmy or mdy") String dates,
        @Schema(description = "One character or the word tab") String separator,
        @Schema(description = "Stands for an unknown volume", examples = "-1") String missingVolume,
        @Schema(description = "Where columns are", examples = "time=Date,open=2") String columns,
        @Schema(description = "Which bars win: keep, those there, or overwrite, those of the file")
                String mode,
        @Schema(description = "Only say what would happen: true or false") String dryRun) {}
