// The contrast of every visible text, and of every shape, with what is behind it (WCAG 2.2, 1.4.3).
(() => {
  const parsed = (text) => text.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = color.map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const [r, g, b, a = 1] = parsed(getComputedStyle(node).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const ratio = (color, node) => {
    const [low, high] = [light(parsed(color)), light(behind(node))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && node.checkVisibility() && !node.closest("script, svg, datalist"))
      found.push([node.tagName + " " + walker.currentNode.data, ratio(getComputedStyle(node).color, node)]);
  }
  const shapes = [...document.querySelectorAll("svg rect")]
    .map((shape) => [shape.getAttribute("class"), ratio(getComputedStyle(shape).fill, shape)]);
  return {texts: found, shapes, back: behind(document.body)};
})()
