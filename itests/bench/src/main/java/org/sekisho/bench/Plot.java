// SPDX-FileCopyrightText: 2026 The Sekisho Authors
// SPDX-License-Identifier: Apache-2.0
package org.sekisho.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines through figures of several sizes, both axes logarithmic, as SVG. Figures are in microseconds, shown in milliseconds. */
final class Plot {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 440;
    private static final int LEFT = 70;
    private static final int RIGHT = 250;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final List<String> COLOURS =
            List.of("#1b6ca8", "#2a9d55", "#c0392b", "#8e44ad", "#888888", "#b8860b", "#444444");

    private record Point(double x, double y) {}

    private record Line(String label, List<Point> points) {}

    private final String title;
    private final String unit;
    private final List<Line> lines = new ArrayList<>();

    Plot(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** The figures whose names are {@code prefix} and a size. */
    void line(String label, List<Figure> figures, String prefix) {
        List<Point> points = figures.stream()
                .filter(f -> f.name().startsWith(prefix) && f.value() > 0)
                .map(f -> new Point(Double.parseDouble(f.name().substring(prefix.length())), f.value() / 1e3))
                .toList();
        if (!points.isEmpty()) {
            lines.add(new Line(label, points));
        }
    }

    String svg() {
        double least = decade(points().mapToDouble(Point::y).min().orElse(0.1), false);
        double most = decade(points().mapToDouble(Point::y).max().orElse(10), true);
        double narrow = decade(points().mapToDouble(Point::x).min().orElse(10), false);
        double wide = decade(points().mapToDouble(Point::x).max().orElse(1000), true);
        var svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH,
                HEIGHT));
        svg.append("<!-- SPDX-FileCopyrightText: 2026 The Sekisho Authors -->\n");
        svg.append("<!-- SPDX-License-Identifier: Apache-2.0 -->\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(svg, LEFT, 22, "start", title);
        for (double y = least; y <= most * 1.01; y *= 10) {
            double at = y(y, least, most);
            rule(svg, LEFT, at, WIDTH - RIGHT, at);
            text(svg, LEFT - 6, at + 4, "end", number(y) + " " + unit);
        }
        for (double x = narrow; x <= wide * 1.01; x *= 10) {
            double at = x(x, narrow, wide);
            rule(svg, at, TOP, at, HEIGHT - BOTTOM);
            text(svg, at, HEIGHT - BOTTOM + 18, "middle", number(x));
        }
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS.get(i % COLOURS.size()), i, least, most, narrow, wide);
        }
        return svg.append("</svg>\n").toString();
    }

    private java.util.stream.Stream<Point> points() {
        return lines.stream().flatMap(line -> line.points().stream());
    }

    private static void draw(
            StringBuilder svg,
            Line line,
            String colour,
            int row,
            double least,
            double most,
            double narrow,
            double wide) {
        var path = new StringBuilder();
        for (Point p : line.points()) {
            double x = x(p.x(), narrow, wide);
            double y = y(p.y(), least, most);
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            svg.append(String.format(
                    Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", x, y, colour));
        }
        svg.append(String.format(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>%n",
                path.toString().strip(), colour, line.label().startsWith("MLS") ? " stroke-dasharray=\"6 4\"" : ""));
        int at = TOP + 14 + row * 20;
        svg.append(String.format(
                "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>%n",
                WIDTH - RIGHT + 16, at - 6, colour));
        text(svg, WIDTH - RIGHT + 36, at, "start", line.label());
    }

    private static double x(double value, double narrow, double wide) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.log(value / narrow) / Math.log(wide / narrow);
    }

    private static double y(double value, double least, double most) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.log(value / least) / Math.log(most / least);
    }

    /** The power of ten at or beyond a value. */
    private static double decade(double value, boolean up) {
        double exponent = Math.log10(value);
        return Math.pow(10, up ? Math.ceil(exponent - 1e-9) : Math.floor(exponent + 1e-9));
    }

    private static String number(double value) {
        return value >= 1 ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(Math.round(value * 1e6) / 1e6);
    }

    private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }
}
