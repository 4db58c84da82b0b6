"""The peer: two of KTRDR's routes, as a FastAPI service would serve them.

The bars are parsed once at the start and kept as rows. The routes are coroutines, so that no thread
pool stands in between, and answer with orjson, the fastest encoder that FastAPI comes with.
"""

import csv
import os
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple

from fastapi import FastAPI
from fastapi.responses import ORJSONResponse

VERSION = "1.0.5.5"
DATA_DIR = Path(os.environ.get("PEER_DATA_DIR", "data"))


class Bar(NamedTuple):
    time: datetime
    open: float
    high: float
    low: float
    close: float
    volume: float | None


def parse(row: dict[str, str]) -> Bar:
    return Bar(
        datetime.fromisoformat(row["date"]).replace(tzinfo=timezone.utc),
        float(row["open"]),
        float(row["high"]),
        float(row["low"]),
        float(row["close"]),
        float(row["volume"]) if row.get("volume") else None,
    )


def read(path: Path) -> list[Bar]:
    with path.open(newline="", encoding="utf-8") as file:
        return [parse(row) for row in csv.DictReader(file)]


def instant(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


SERIES = {("SPX", "1d"): read(DATA_DIR / "SPX_1d.csv")}

app = FastAPI(title="KTRDR's FastAPI peer", version=VERSION, default_response_class=ORJSONResponse)


@app.get("/api/health")
async def health() -> ORJSONResponse:
    return ORJSONResponse({"status": "ok", "version": VERSION})


@app.get("/api/v1/data/{symbol}/{timeframe}")
async def data(symbol: str, timeframe: str) -> ORJSONResponse:
    bars = SERIES.get((symbol, timeframe))
    if bars is None:
        message = f"no bars of {symbol} {timeframe}"
        error = {"code": "NOT_FOUND", "message": message, "details": None}
        return ORJSONResponse({"success": False, "data": None, "error": error}, status_code=404)
    dates = [instant(bar.time) for bar in bars]
    answer = {
        "symbol": symbol,
        "timeframe": timeframe,
        "dates": dates,
        "ohlcv": [bar[1:] for bar in bars],
        "metadata": {"start": dates[0], "end": dates[-1], "points": len(bars)},
    }
    return ORJSONResponse({"success": True, "data": answer, "error": None})
