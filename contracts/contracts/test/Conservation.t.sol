// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {CreditMath} from "../libraries/CreditMath.sol";
import {Offering} from "../interfaces/ICredits.sol";
import {Market} from "./Market.sol";

/// @notice The conservation law on chain: after any sequence of operations, every credit and every base unit is in
/// exactly one place, counted from its own source.
contract ConservationTest {
    Market private _market;

    function setUp() public {
        _market = new Market();
    }

    /// @dev Names what the runner may call.
    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_market);
    }

    /// @notice One campaign checks everything after every operation; the failed requirement names the law.
    function invariant_conservation() public {
        _everyCreditIsInOnePlace();
        _everyBaseUnitIsInOnePlace();
        _splitIsExact();
        _sharesOweWhatTheyHold();
        require(_market.usesOnlyGrow(), "use went down");
        require(!_market.receiptCameTwice(), "a receipt came twice");
        require(!_market.boundCreditsMoved(), "bound credits moved");
    }

    /// @notice Whatever happened, everybody can leave, and nothing but dust stays behind.
    function testFuzz_everybodyCanLeave(uint256 seed) public {
        for (uint256 i; i < 24; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 other = uint256(keccak256(abi.encode(seed, "other")));
            uint256 kind = seed % 7;
            if (kind == 0) _market.buy(seed >> 8, seed >> 16, other);
            else if (kind == 1) _market.buyAndOpen(seed >> 8, seed >> 16, other);
            else if (kind == 2) _market.topUp(seed >> 8, seed >> 16, other);
            else if (kind == 3) _market.requestClose(seed >> 8);
            else if (kind == 4) _market.transferShares(seed >> 8, seed >> 16, other);
            else if (kind == 5) _market.consume(seed >> 8, seed >> 16, other);
            else _market.settle(seed >> 8, seed >> 16, other, false, true);
        }
        _leave();
        uint256 unreleased;
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            (uint256 outstanding, uint256 consumed, uint256 released,,) =
                _market.credits().offeringState(_market.idOf(which));
            require(outstanding == 0, "credits stayed");
            unreleased += consumed * _market.offering(which).pricePerMillion - released * 1e9;
        }
        uint256 left = _market.token().balanceOf(address(_market.credits()));
        require(left * 1e9 == _market.dust() + unreleased, "money stayed");
        require(_market.token().balanceOf(address(_market.shares())) <= _market.PEOPLE(), "revenue stayed");
    }

    /// @notice Parts of a split never shrink as revenue grows, and always add up to it.
    function testFuzz_splitIsMonotoneAndExact(uint88 revenue, uint32 more, uint16 holdersBps, uint16 treasuryBps)
        public
        pure
    {
        uint256 forHolders = holdersBps % 10_001;
        uint256 forTreasury = treasuryBps % (10_001 - forHolders);
        (uint256 h, uint256 t, uint256 o) = CreditMath.split(revenue, forHolders, forTreasury);
        require(h + t + o == revenue, "parts");
        (uint256 h2, uint256 t2, uint256 o2) = CreditMath.split(uint256(revenue) + more, forHolders, forTreasury);
        require(h2 >= h && t2 >= t && o2 >= o, "a part shrank");
    }

    /// @dev Sold = outstanding + consumed + redeemed; outstanding = in wallets + unused in open sessions; consumed = used
    /// in sessions + consumed out of wallets.
    function _everyCreditIsInOnePlace() private view {
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            bytes32 id = _market.idOf(which);
            (uint256 outstanding, uint256 consumed,,,) = _market.credits().offeringState(id);
            require(_market.sold(which) == outstanding + consumed + _market.redeemed(which), "credits sold");
            (uint256 unused, uint256 used) = _inSessions(which, id);
            require(outstanding == _inWallets(which) + unused, "outstanding");
            require(consumed == used + _market.exercised(which), "consumed");
        }
    }

    /// @dev Balance = value of outstanding credits + revenue not released + split not claimed + dust, to the 1e-9th
    /// of a base unit.
    function _everyBaseUnitIsInOnePlace() private view {
        uint256 owed = _market.dust();
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            (uint256 outstanding, uint256 consumed, uint256 released,,) =
                _market.credits().offeringState(_market.idOf(which));
            owed += (outstanding + consumed) * o.pricePerMillion - released * 1e9;
            owed += (_market.credits().claimable(o, 0) + _market.credits().claimable(o, 1)) * 1e9;
        }
        require(_market.token().balanceOf(address(_market.credits())) * 1e9 == owed, "balance of credits");
    }

    /// @dev Released revenue = operator's + treasury's + holders' part, of which the shares received theirs.
    function _splitIsExact() private view {
        uint256 holders = _market.gifts();
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            (,, uint256 released, uint256 operatorClaimed, uint256 treasuryClaimed) =
                _market.credits().offeringState(_market.idOf(which));
            uint256 elsewhere = operatorClaimed + treasuryClaimed + _market.credits().claimable(o, 0)
                + _market.credits().claimable(o, 1);
            holders += released - elsewhere;
        }
        require(_market.shares().lifetimeRevenue() == holders, "lifetime revenue");
    }

    /// @dev What holders can claim is what the shares hold, but for less than a base unit each.
    function _sharesOweWhatTheyHold() private view {
        uint256 unclaimed = _market.shares().lifetimeRevenue() - _market.shares().claimedRevenue();
        require(_market.token().balanceOf(address(_market.shares())) == unclaimed, "balance of shares");
        uint256 claimable;
        uint256 supply;
        for (uint256 i; i < _market.PEOPLE(); ++i) {
            claimable += _market.shares().claimable(_market.people(i));
            supply += _market.shares().balanceOf(_market.people(i));
        }
        require(claimable <= unclaimed && unclaimed <= claimable + _market.PEOPLE(), "claimable");
        require(supply == _market.shares().totalSupply(), "supply");
    }

    function _leave() private {
        uint256 count = _market.sessions().length;
        for (uint256 i; i < count; ++i) {
            _market.requestClose(i);
            _market.close(i, false);
        }
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            for (uint256 who; who < _market.PEOPLE(); ++who) {
                uint256 balance = _market.walletOf(who, which);
                if (balance != 0) _market.redeem(who, which, balance - 1);
            }
            _market.release(which);
            _market.claim(which, 0);
            _market.claim(which, 1);
        }
        for (uint256 who; who < _market.PEOPLE(); ++who) {
            _market.claimShares(who);
        }
    }

    function _inWallets(uint256 which) private view returns (uint256 total) {
        for (uint256 who; who < _market.PEOPLE(); ++who) {
            total += _market.walletOf(who, which);
        }
    }

    function _inSessions(uint256 which, bytes32 id) private view returns (uint256 unused, uint256 used) {
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            if (sessions[i].offering != which) continue;
            (, uint48 cap, uint48 spent,) = _market.credits().session(id, sessions[i].id);
            used += spent;
            // A closed session keeps its use and has no cap.
            if (cap == 0) continue;
            require(spent <= cap, "used beyond the cap");
            unused += cap - spent;
        }
    }
}
