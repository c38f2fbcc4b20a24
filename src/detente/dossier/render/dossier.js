/* Each figure is a drawing first. Where scripts run, it is redrawn at the width of the reader's
   screen and answers the pointer. Nothing is fetched: the policy of the page forbids it. */
(function () {
  "use strict";
  var settings = SETTINGS;
  var plots = Array.prototype.slice.call(document.querySelectorAll(".plot"));
  function fit(plot) {
    var source = document.getElementById(plot.dataset.chart);
    var spec = JSON.parse(source.textContent);
    var room = Math.floor(plot.clientWidth);
    if (spec.autosize && room > 0) { spec.width = Math.min(room, 760); }
    if (room > 0 && room < 520) {
      spec.config.axisY.labelLimit = Math.floor(room * 0.4);
      spec.config.legend.columns = 1;
    }
    var fresh = document.createElement("div");
    return window.vegaEmbed(fresh, spec, {
      renderer: "svg", actions: false, ast: true, formatLocale: settings.numbers,
      tooltip: { theme: "custom" }
    }).then(function () {
      plot.replaceChildren(fresh);
      plot.dataset.live = String(room);
    });
  }
  function all() {
    return plots.reduce(function (before, plot) {
      return before.then(function () {
        if (plot.dataset.live === String(Math.floor(plot.clientWidth))) { return null; }
        return fit(plot);
      });
    }, Promise.resolve()).then(function () { document.documentElement.dataset.ready = "yes"; });
  }
  var waiting = 0;
  window.addEventListener("resize", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(all, 200);
  });
  if (window.vegaEmbed) {
    /* Labels are measured as they will be set, so the face must be there first. */
    Promise.all([400, 600].map(function (weight) {
      return document.fonts.load(weight + " 12px \"Source Sans Pro\"");
    })).then(all, all);
  }
}());
