// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Pledge} from "../../contracts/Pledge.sol";
import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {PledgeStatus, Terms} from "../../contracts/interfaces/IPledge.sol";
import {deploy} from "./deploy.sol";
import {deployShares} from "./deployShares.sol";
import {magnitude, random} from "./random.sol";
import {VM} from "./Vm.sol";

/// @notice A lender receives the debt and no more, however revenue comes in; and what is pledged finds its price.
contract LoansTest {
    uint256 private constant AUCTION = 7 days;
    address private constant BORROWER = address(0xB0);
    address private constant LENDER = address(0x1E);
    address private constant STRANGER = address(0x57);

    TestDollar private _token;
    Pledge private _pledge;
    Shares private _shares;

    function setUp() public {
        _token = TestDollar(deploy("TestDollar"));
        _pledge = Pledge(deploy("Pledge", abi.encode(deploy("ShareVault"))));
    }

    /// hardhat-config: fuzz.runs = 128
    function testFuzz_revenueServesTheDebtFirst(uint256 seed, uint64 supply) public {
        (bytes32 id, Terms memory terms) = _offer(seed, supply);
        // What came in before the loan is the borrower's, accrued or not.
        uint256 received = _earn(random(seed, "before"), terms.debt);
        _lend(id, terms);
        uint256 before = _requireAll(_token.balanceOf(BORROWER) - terms.principal, received);

        for (uint256 i; i < 6; ++i) {
            uint256 payment = random(seed, i);
            received += _earn(payment, terms.debt);
            if (payment % 3 != 0) _pledge.serve(id);
        }
        _pledge.serve(id);

        uint256 toLender = _token.balanceOf(LENDER);
        uint256 toBorrower = _token.balanceOf(BORROWER) - terms.principal - before;
        // A unit that was rounded off before the loan comes with what is earned later.
        uint256 later = _requireAll(before + toLender + toBorrower, received) - before;
        require(toLender == Math.min(later, terms.debt), "lender");
        require(_pledge.pledgeOf(id).paid == toLender, "paid");
        PledgeStatus expected = toLender == terms.debt ? PledgeStatus.Repaid : PledgeStatus.Lent;
        require(_pledge.pledgeOf(id).status == expected, "status");
    }

    /// hardhat-config: fuzz.runs = 128
    function testFuzz_thePriceFallsUntilSomebodyBuys(uint256 seed, uint64 supply, uint32 first, uint32 second) public {
        (bytes32 id, Terms memory terms) = _offer(seed, supply);
        _lend(id, terms);
        uint256 dueAt = _pledge.pledgeOf(id).dueAt;
        uint256 late = first % (AUCTION + 1 days);
        uint256 price = _pledge.priceAt(id, dueAt + late);
        require(_pledge.priceAt(id, dueAt) == terms.startPrice, "start");
        require(_pledge.priceAt(id, dueAt + late + second) <= price, "it rose");
        // The fewest whole units that cover the part of the start price which is left, without a division.
        uint256 left = late < AUCTION ? terms.startPrice * (AUCTION - late) : 0;
        require(price * AUCTION >= left, "below its line");
        require(price == 1 || (price != 0 && (price - 1) * AUCTION < left), "above its line");

        VM.warp(dueAt + late);
        address buyer = [BORROWER, LENDER, STRANGER][seed % 3];
        _approve(buyer, price);
        uint256[3] memory owned = _owned();
        // Revenue that nobody served in time: less than the debt, so that there is something to sell for.
        uint256 revenue = _earn(random(seed, "late"), terms.debt - 1);
        VM.prank(buyer);
        require(_pledge.buy(id) == price, "price");

        uint256[3] memory owns = _owned();
        owned[seed % 3] -= price;
        require(owns[2] == owned[2], "stranger");
        uint256 toLender = owns[1] - owned[1];
        uint256 all = _requireAll(owns[0] - owned[0] + toLender, revenue + price);
        require(toLender == Math.min(all, terms.debt), "lender");
        require(_shares.balanceOf(buyer) == _shares.totalSupply(), "shares");
    }

    /// @dev All shares of a model, for the smallest and the largest loans.
    function _offer(uint256 seed, uint64 supply) private returns (bytes32 id, Terms memory terms) {
        if (supply == 0) supply = 1;
        _shares = deployShares(_token, BORROWER, supply);
        uint256 startPrice = magnitude(random(seed, "price"), type(uint96).max);
        uint256 debt = magnitude(random(seed, "debt"), Math.min(startPrice, type(uint88).max));
        uint256 principal = magnitude(random(seed, "principal"), debt);
        uint32 term = uint32(magnitude(random(seed, "term"), type(uint32).max));
        terms = Terms(_shares, supply, term, _token, uint96(principal), uint96(debt), uint96(startPrice));
        VM.prank(BORROWER);
        _shares.approve(address(_pledge), supply);
        VM.prank(BORROWER);
        id = _pledge.offer(terms);
    }

    function _lend(bytes32 id, Terms memory terms) private {
        _approve(LENDER, terms.principal);
        VM.prank(LENDER);
        _pledge.lend(id);
    }

    function _approve(address payer, uint256 amount) private {
        _token.mint(payer, amount);
        VM.prank(payer);
        _token.approve(address(_pledge), amount);
    }

    /// @dev Revenue from nothing to the whole debt, which somebody has counted, or not.
    function _earn(uint256 seed, uint256 most) private returns (uint256 amount) {
        amount = magnitude(random(seed, "amount"), most + 1) - 1;
        _token.mint(address(_shares), amount);
        if (seed % 2 == 0) _shares.accrue();
    }

    function _owned() private view returns (uint256[3] memory) {
        return [_token.balanceOf(BORROWER), _token.balanceOf(LENDER), _token.balanceOf(STRANGER)];
    }

    /// @dev All that came in, but for a unit that waits where revenue per share is rounded down.
    function _requireAll(uint256 paid, uint256 received) private pure returns (uint256) {
        require(paid == received || paid + 1 == received, "another sum");
        return paid;
    }
}
