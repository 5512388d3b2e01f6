import { Graphviz } from "@hpcc-js/wasm-graphviz";

/** What is to be laid out, in points of the drawing. */
export interface Boxes {
  readonly nodes: readonly {
    readonly id: string;
    readonly width: number;
    readonly height: number;
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    /** Size of the label, or undefined where there is none. */
    readonly label: { readonly width: number; readonly height: number } | undefined;
    /** False for edges that do not decide which node is above which. */
    readonly isMain: boolean;
  }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Middles of the nodes, in their order. */
  readonly nodes: readonly Point[];
  /** In the order of the edges. */
  readonly edges: readonly Route[];
}

export interface Route {
  /** Start of a Bézier curve, then three points for each of its pieces. */
  readonly curve: readonly Point[];
  /** Where the arrow points to. */
  readonly tip: Point | undefined;
  /** Middle of the label. */
  readonly label: Point | undefined;
}

/** Places boxes from the top to the bottom by the way of their edges. Equal boxes give an equal layout. */
export async function layOut(boxes: Boxes): Promise<Layout> {
  const graphviz = await Graphviz.load();
  const drawn = JSON.parse(graphviz.layout(dotOf(boxes), "json", "dot")) as Drawn;
  const [, , width = 0, height = 0] = drawn.bb.split(",").map(Number);
  const flip = ([x = 0, y = 0]: readonly number[]): Point => ({ x, y: height - y });
  const pointOf = (text: string | undefined): Point | undefined =>
    text === undefined ? undefined : flip(text.split(",").map(Number));
  const objects = new Map((drawn.objects ?? []).map((object) => [object.name, object]));
  const routes = new Map((drawn.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    width,
    height,
    nodes: boxes.nodes.map(({ id }) => pointOf(objects.get(id)?.pos) ?? { x: 0, y: 0 }),
    edges: boxes.edges.map((_, index) => {
      const { pos = "", lp } = routes.get(`e${String(index)}`) ?? {};
      const [, tip, points = ""] = /^(?:e,(\S+) )?(.*)$/.exec(pos) ?? [];
      const curve = points.split(" ").flatMap((point) => pointOf(point) ?? []);
      return { curve, tip: pointOf(tip), label: pointOf(lp) };
    }),
  };
}

/** What Graphviz answers, as far as it is read. */
interface Drawn {
  readonly bb: string;
  readonly objects?: readonly { readonly name: string; readonly pos: string }[];
  readonly edges?: readonly { readonly id: string; readonly pos: string; readonly lp?: string }[];
}

/** Graphviz measures boxes in inches of 72 points; a label is a table of the size, as its own fonts are not known. */
function dotOf({ nodes, edges }: Boxes): string {
  const inches = (points: number): string => (points / 72).toFixed(4);
  return [
    "digraph {",
    "graph [rankdir=TB, nodesep=0.35, ranksep=0.6, splines=true, pad=0, outputorder=edgesfirst]",
    'node [shape=box, fixedsize=true, label=""]',
    ...nodes.map(
      ({ id, width, height }) => `${id} [width=${inches(width)}, height=${inches(height)}]`,
    ),
    ...edges.map(({ from, to, label, isMain }, index) => {
      const table =
        label === undefined
          ? ""
          : `, label=<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="${label.width.toFixed(0)}" HEIGHT="${label.height.toFixed(0)}"><TR><TD></TD></TR></TABLE>>`;
      return `${from} -> ${to} [id=e${String(index)}, weight=${isMain ? "4" : "1"}${table}]`;
    }),
    "}",
  ].join("\n");
}
