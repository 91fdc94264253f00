/** Draws bars or lines from the table that stands in the same box. */
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { part } from "./islands";

echarts.use([
  BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer,
]);

const MOST_SERIES = 6;
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "emptyCircle"];
const DASHES: (string | number[])[] = ["solid", "dashed", "dotted", [12, 4], [2, 6], [12, 4, 2, 4]];

type Table = { axis: string[]; names: string[]; values: (number | null)[][]; changes: string[] };

/** A cell's number: its `data-value`, else what its words say; a cell without one is a gap, not a zero. */
function number(cell: Element | undefined): number | null {
  const text = (cell as HTMLElement | undefined)?.dataset.value ?? cell?.textContent ?? "";
  const match = text.replace(/[,，]/g, "").match(/-?\d+(\.\d+)?/);
  return match ? Number(match[0]) : null;
}

function readTable(table: HTMLTableElement): Table {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  const names = heads.slice(1, 1 + MOST_SERIES).map((cell) => cell.textContent?.trim() ?? "");
  return {
    axis: rows.map((row) => row.cells[0]?.textContent?.trim() ?? ""),
    names,
    values: names.map((_, index) => rows.map((row) => number(row.cells[index + 1]))),
    changes: rows.filter((row) => row.dataset.ruleChange).map((row) => row.cells[0]?.textContent?.trim() ?? ""),
  };
}

function ink(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function series(table: Table, kind: string, stacked: boolean): object[] {
  const changes = { symbol: "none", data: table.changes.map((at) => ({ xAxis: at })), lineStyle: { color: ink("--text") } };
  return table.names.map((name, index) => ({
    name,
    type: kind === "line" ? "line" : "bar",
    data: table.values[index],
    stack: stacked ? "all" : undefined,
    symbol: SYMBOLS[index],
    symbolSize: 8,
    lineStyle: { type: DASHES[index], width: 2 },
    endLabel: { show: kind === "line", formatter: "{a}", color: ink("--text"), fontSize: fontSize() },
    label: { show: kind !== "line" && table.axis.length <= 12, position: stacked ? "inside" : "top", color: ink("--text") },
    markLine: index === 0 && table.changes.length ? { ...changes, label: { show: false } } : undefined,
  }));
}

function fontSize(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.88;
}

function option(table: Table, kind: string, stacked: boolean): Record<string, unknown> {
  const text = { color: ink("--text"), fontSize: fontSize() };
  const line = { lineStyle: { color: ink("--line") } };
  return {
    animation: false,
    color: [1, 2, 3, 4, 5, 6].map((index) => ink(`--series-${index}`)),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    aria: { enabled: true, decal: { show: table.names.length > 1 && kind !== "line" } },
    legend: table.names.length > 1 ? { textStyle: text, top: 0 } : undefined,
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, textStyle: text, backgroundColor: ink("--page") },
    grid: { left: 8, right: kind === "line" ? 96 : 8, top: table.names.length > 1 ? 56 : 24, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: table.axis, axisLabel: text, axisLine: line },
    yAxis: { type: "value", scale: kind === "line", axisLabel: text, splitLine: line, axisLine: line },
    series: series(table, kind, stacked),
  };
}

export async function draw(box: HTMLElement): Promise<void> {
  const canvas = part(box, "[data-chart-canvas]");
  const table = readTable(part<HTMLTableElement>(box, "table"));
  canvas.hidden = false;
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  chart.setOption(option(table, box.dataset.chart ?? "bar", box.hasAttribute("data-stacked")));
  new ResizeObserver(() => chart.resize()).observe(canvas);
}
