// What the deck uses of reveal.js, whose classic build is a global.

interface RevealIndices {
  h: number;
  v: number;
}

interface RevealDeck {
  initialize(options: Record<string, unknown>): Promise<void>;
  on(type: string, listener: () => void): void;
  slide(h: number, v?: number): void;
  next(): void;
  prev(): void;
  nextFragment(): boolean;
  prevFragment(): boolean;
  getIndices(slide?: Element): RevealIndices;
  getCurrentSlide(): HTMLElement;
  getHorizontalSlides(): HTMLElement[];
  getSlideNotes(slide: Element): string | null;
  isPrintView(): boolean;
  isOverview(): boolean;
}

declare const Reveal: RevealDeck;
