// The lists of a large site's index: how they are written, found and put
// together. Knows neither documents nor the page.
(function () {
  "use strict";

  // A number in printable ASCII: 34 characters go on, 57 end.
  function decode(list) {
    const numbers = [];
    let [number, unit, last] = [0, 1, 0];
    for (let i = 0; i < list.length; i++) {
      const code = list.charCodeAt(i);
      if (code > 92) {
        number += (code - 93 + 57) * unit;
        unit *= 34;
      } else {
        last += number + (code - 35) * unit;
        numbers.push(last);
        [number, unit] = [0, 1];
      }
    }
    return numbers;
  }

  // FNV-1a over code points.
  function hash(key) {
    let value = 0x811c9dc5;
    for (const c of key) value = Math.imul(value ^ c.codePointAt(0), 0x01000193);
    return value >>> 0;
  }

  /**
   * The pairs of a term to look up, by how far in they stand: together they
   * cover it, for the fewest bytes. Too many bytes for that: the cheapest, and
   * then texts must tell.
   */
  function cover(term, costOf, budget) {
    const characters = [...term];
    const pairs = characters.slice(1).map((c, at) => {
      const key = characters[at] + c;
      return { at, key, cost: costOf(key) };
    });
    // Each pair's cheapest way from the start: after the one before, or the next but one.
    const ways = [];
    for (const { at, cost } of pairs) {
      const before = at === 0 ? null : at === 1 || ways[at - 1].cost < ways[at - 2].cost ? at - 1 : at - 2;
      ways.push({ before, cost: cost + (before === null ? 0 : ways[before].cost) });
    }
    if (ways.at(-1).cost <= budget) {
      const chosen = [];
      for (let at = pairs.length - 1; at !== null; at = ways[at].before) chosen.unshift(pairs[at]);
      return { pairs: chosen, exact: true };
    }
    let spent = 0;
    const cheapest = [...pairs].sort((a, b) => a.cost - b.cost || a.at - b.at);
    const chosen = cheapest.filter(({ cost }, i) => (spent += cost) <= budget || i === 0);
    return { pairs: chosen.sort((a, b) => a.at - b.at), exact: false };
  }

  /** Starts of a run of which each list has one part; both ascend. */
  function meet(starts, positions, at) {
    const met = [];
    for (let i = 0, j = 0; i < starts.length && j < positions.length;) {
      const difference = positions[j] - at - starts[i];
      if (difference === 0) { met.push(starts[i]); i++; j++; }
      else if (difference < 0) j++;
      else i++;
    }
    return met;
  }

  /** Numbers that do not ascend. */
  function each(list) {
    return decode(list).map((sum, i, sums) => sum - (i ? sums[i - 1] : 0));
  }

  window.tongwenLists = { cover, decode, each, hash, meet };
})();
